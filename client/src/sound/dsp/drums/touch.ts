/** How loud a hit is: a velocity of half is 9 dB softer. @param force  velocity, 0 to 1 */
export const loudnessAt = (force: number): number => force * Math.sqrt(force)

/** How sharp its beginning is, against the rest of it; 1 at the hardest. */
export const sharpnessAt = (force: number): number => 0.25 + 0.75 * force
