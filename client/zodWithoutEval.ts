import { z } from 'zod';

// zod compiles parsers with `new Function` and probes for it first; the page's policy forbids eval, and the probe alone is reported
// as a violation. Imported before anything parses.
z.config({ jitless: true });
