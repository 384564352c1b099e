/** Resolves with whether it came to be so before that moment of `performance.now()`. */
export function comes(
  onChange: (listener: () => void) => void,
  isSo: () => boolean,
  deadlineMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isSo()) resolve(true)
    }
    onChange(look)
    look()
    setTimeout(
      () => {
        resolve(isSo())
      },
      Math.max(0, deadlineMs - performance.now()),
    )
  })
}

/** @param wallMs  since 1970 */
export const until = (wallMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, wallMs - Date.now()))
  })

/** Between `ms` and twice as long. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms * (1 + Math.random()))
  })
