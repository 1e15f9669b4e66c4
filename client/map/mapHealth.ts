/** How the map of this page fares, for the report to the server. */
export interface MapHealth {
  /** Times a context was lost or the overlay stopped, on screen or on its way there, since the page began. */
  readonly contextLosses: number;
  /** Times it came back after being lost, without a reload. */
  readonly rebuilds: number;
  /** Base map and overlay are on screen now; otherwise the outline or the table stands in. */
  readonly isDrawing: boolean;
  /** The processor draws WebGL. `null`: there has been no map yet. */
  readonly isSoftware: boolean | null;
  /** Animation frames in which base map or overlay drew, since the page began. A resting map draws none. */
  readonly framesDrawn: number;
  /** Begin of the last such frame on the page's own time axis, that of `performance.now()`. `null`: none yet. */
  readonly lastFrameMs: number | null;
}
