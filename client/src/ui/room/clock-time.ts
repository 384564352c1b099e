/** @param atMs wall clock, milliseconds since 1970 @returns hours and minutes of the day here: "09:05" */
export function clockTime(atMs: number): string {
  const date = new Date(atMs)
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
