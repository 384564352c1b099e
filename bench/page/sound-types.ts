/** What is played to measure it. */
export type PieceName = 'sustained' | 'supersaw' | 'sixteenths' | 'effects'
/** Who plays it: our engine, the browser's own nodes, or Tone.js. */
export type PlayerName = 'ours' | 'native' | 'tone'

export interface Cost {
  /** Wall time from the beginning of the rendering to its end. */
  readonly ms: number
  /** Of that: JavaScript on the page's main thread. */
  readonly mainMs: number
  /** Highest absolute sample, by which one sees that anything was played. */
  readonly peak: number
}

/** What a context that plays aloud came to while the page's main thread was busy. */
export interface LiveReport {
  readonly seconds: number
  /** The browser's own count of buffers that came too late; undefined where it keeps none. */
  readonly underruns: number | undefined
  /** Times that the context's clock fell behind the page's by more than 5 ms. */
  readonly lags: number
  /** Leaps of the sound from one sample to the next that no piece of the song has. */
  readonly leaps: number
  /** Highest of the engine's own reports. */
  readonly load: number
  readonly voices: number
  /** Share of the time in which the main thread did nothing else. */
  readonly busy: number
  /** Most that the engine gave up. */
  readonly ease: number
}

/** What the bench calls in its page. */
export interface SoundPage {
  /** Plays ten seconds into nowhere, as fast as it goes. */
  cost(piece: PieceName, player: PlayerName): Promise<Cost>
  /** Plays all tracks with all effects aloud, while the main thread hangs for 40 ms of each 50. */
  live(seconds: number): Promise<LiveReport>
}

declare global {
  interface Window {
    soundPage?: SoundPage
  }
}
