export type ToolName = 'firefox' | 'turnserver'
/** Path of a tool: the one that FIREFOX_PATH or TURNSERVER_PATH names, or one on the PATH; undefined without any. */
export function findTool(name: ToolName): string | undefined
/** What to say of a tool that is not there. */
export function lackOf(name: ToolName): string
