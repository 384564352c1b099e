/** Whether what takes a minute or more is played too: `npm run stress` does. */
export const isLong = process.env['LONG'] !== undefined
