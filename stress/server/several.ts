/** Runs for 0 to `count` - 1, so many at a time, in that order. @throws (rejects) what the first of them throws */
export async function eachOf(
  count: number,
  atOnce: number,
  run: (at: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    while (next < count) await run(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
