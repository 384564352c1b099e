/** Takes a mix to silence without a click, so that whatever sounds in it can be thrown away. */
export interface Hush {
  /** From the next block on. */
  begin(): void
  /** Turns a block down in place. @returns whether it ended in silence; the next one is heard as it is */
  process(left: Float64Array, right: Float64Array, count: number): boolean
}

const FADE_SECONDS = 0.008

export function createHush(sampleRate: number): Hush {
  const frames = Math.ceil(FADE_SECONDS * sampleRate)
  // Kept in a record: a number that changes inside a closure becomes a new object with each change.
  const fade = { left: Infinity }

  return {
    begin() {
      fade.left = Math.min(fade.left, frames)
    },
    process(left, right, count) {
      if (fade.left === Infinity) return false
      for (let i = 0; i < count; i++) {
        fade.left = Math.max(0, fade.left - 1)
        const share = fade.left / frames
        // A curve without corners (3t² - 2t³).
        const gain = share * share * (3 - 2 * share)
        left[i] = (left[i] ?? 0) * gain
        right[i] = (right[i] ?? 0) * gain
      }
      if (fade.left > 0) return false
      fade.left = Infinity
      return true
    },
  }
}
