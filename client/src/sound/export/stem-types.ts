/** How a song is taken apart. */
export interface StemPlan {
  /** What goes into each: ids of tracks, or `ROOM_STEM`. */
  readonly groups: readonly (readonly string[])[]
  /**
   * Whether each is turned up and down as the whole mix is by compressor and limiter: then all of them add up to the
   * mix. Else they add up to what goes in there.
   */
  readonly isMastered: boolean
}

/** Stereo sound, both sides of one length. */
export interface Sides {
  readonly left: Float32Array
  readonly right: Float32Array
}
