/** Whether the last remembered build was made from the sources as they are. */
export function buildIsCurrent(): boolean
/** Writes down which sources the build that has just ended was made from. */
export function rememberBuild(): void
