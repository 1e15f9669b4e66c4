import { expect, test } from 'vitest';
import { isSoftwareGl } from '../../../client/map/softwareGl.ts';

function documentWith(renderer: string | null): { readonly document: Document; freed(): number } {
  let freed = 0;
  const gl = {
    RENDERER: 1,
    getExtension: (name: string) => (name === 'WEBGL_lose_context' ? { loseContext: () => { freed += 1; } } : { UNMASKED_RENDERER_WEBGL: 2 }),
    getParameter: (which: number) => (which === 2 ? renderer : 'WebKit WebGL'),
  };
  const canvas = { getContext: () => (renderer === null ? null : gl) };
  return { document: { createElement: () => canvas } as unknown as Document, freed: () => freed };
}

test.each([
  { renderer: 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', isSoftware: true },
  { renderer: 'ANGLE (Mesa, llvmpipe (LLVM 19.1.7, 256 bits), OpenGL 4.5)', isSoftware: true },
  { renderer: 'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', isSoftware: true },
  { renderer: 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 630 (CFL GT2), OpenGL 4.6)', isSoftware: false },
  { renderer: null, isSoftware: false },
])('[GL1] $renderer: drawn by the processor is $isSoftware, and the context asked is given back', ({ renderer, isSoftware }) => {
  const { document, freed } = documentWith(renderer);
  expect(isSoftwareGl(document)).toBe(isSoftware);
  expect(freed()).toBe(renderer === null ? 0 : 1);
});
