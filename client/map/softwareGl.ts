/** What renderers without a GPU call themselves: Chromium's own, Mesa's two, Windows' WARP. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|basic render/i;

/** A lost context is freed at once: browsers keep only a few, and the next one may otherwise evict a map's own. */
export function freeContext(canvas: HTMLCanvasElement | null): void {
  canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
}

/**
 * WebGL is drawn by the processor. Multisampling then makes a redraw of the map some ten times as long (docs/benchmarks.md), while text, areas
 * and borders are smooth without it. `failIfMajorPerformanceCaveat` does not tell: SwiftShader through ANGLE claims to have none.
 */
export function isSoftwareGl(document: Document): boolean {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2');
  if (gl === null) return false;
  const named = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(named === null ? gl.RENDERER : named.UNMASKED_RENDERER_WEBGL);
  freeContext(canvas);
  return typeof renderer === 'string' && SOFTWARE_RENDERER.test(renderer);
}
