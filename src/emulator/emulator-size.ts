// The size of a terminal as its program may ask for it.

export interface EmulatorSize {
  cols: number;
  rows: number;
  /** In pixels, where a real terminal told. */
  pixelWidth?: number | undefined;
  pixelHeight?: number | undefined;
}
