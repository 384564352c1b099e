/** What a file of sound is written as. */
export type AudioFormat = 'wav16' | 'wav24' | 'wav32' | 'opus' | 'aac'

/** What a file says of its music; empty ones are left out. */
export interface AudioTags {
  readonly title: string
  readonly artist: string
  /** Who played what. */
  readonly comment: string
  /** Of the day, `YYYY-MM-DD`. */
  readonly date: string
}

/** Stereo sound on its way into a file. */
export interface AudioFile {
  /** Takes what comes next, both sides of one length, 1 at full scale; resolves when more may come. */
  add(left: Float32Array, right: Float32Array): Promise<void>
  /** To be called once, after the last of it. */
  finish(): Promise<Blob>
}

export const SOFTWARE = 'Beatcord'

/** Whole numbers of 16 or 24 bits, or floats of 32. */
export type WavFormat = 'wav16' | 'wav24' | 'wav32'
