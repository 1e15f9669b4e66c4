/** Marks above and below, and the horned letters: each sits in the Vietnamese subset, which loads only when asked for. */
const VIETNAMESE_SAMPLE = 'ắềữợĐẴỵ 0123456789';

/** Faces that canvas and map text need before they draw; a canvas never repaints when a font arrives late. */
const CANVAS_FACES = ['500 24px "Be Vietnam Pro"', '600 24px "Be Vietnam Pro"', 'normal 24px "IOC Label"', '700 24px "IOC Num"'];

/** Resolves when the faces are usable. A face that fails to load leaves the system's own font in its place. */
export async function loadCanvasFonts(fonts: FontFaceSet): Promise<void> {
  await Promise.allSettled(CANVAS_FACES.map((face) => fonts.load(face, VIETNAMESE_SAMPLE)));
}
