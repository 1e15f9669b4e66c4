declare global { var __zod_globalConfig: { jitless?: boolean } | undefined }

// zod compiles parsers with `new Function` and probes for it first; the page's policy forbids eval, and the probe alone is reported
// as a violation. This is where zod keeps its settings: written before it is there, and without loading it.
globalThis.__zod_globalConfig = { jitless: true };

export {};
