/** Marks above and below, and the horned letters: each sits in the Vietnamese subset, which loads only when asked for. */
const VIETNAMESE_SAMPLE = 'ắềữợĐẴỵ 0123456789';

/** Faces that canvas text needs before they draw; a canvas never repaints when a font arrives late. */
const CANVAS_FACES = ['400 24px "Be Vietnam Pro"', '600 24px "Be Vietnam Pro"', '700 24px "IOC Num"'];
/** Also those that are first seen when the server is gone and can no longer send them. */
const PAGE_FACES = [...CANVAS_FACES, '500 24px "Be Vietnam Pro"', '700 24px "Be Vietnam Pro"'];

/** Resolves when the faces are usable. A face that fails to load leaves the system's own font in its place. */
export async function loadCanvasFonts(fonts: FontFaceSet): Promise<void> {
  await loadFaces(fonts, CANVAS_FACES);
}

/** Fetches every face of the page while there is a server to fetch it from. */
export async function loadPageFonts(fonts: FontFaceSet): Promise<void> {
  await loadFaces(fonts, PAGE_FACES);
}

async function loadFaces(fonts: FontFaceSet, faces: readonly string[]): Promise<void> {
  await Promise.allSettled(faces.map((face) => fonts.load(face, VIETNAMESE_SAMPLE)));
}
