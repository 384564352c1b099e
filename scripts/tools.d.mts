export type ToolName = 'firefox' | 'turnserver' | 'redis-server' | 'pulseaudio'
/** Path of a tool: the one that its variable (such as FIREFOX_PATH) names, or one on the PATH; undefined without any. */
export function findTool(name: ToolName): string | undefined
/** As `findTool`, but installs it first when it is not there; undefined when that failed too. */
export function ensureTool(name: ToolName): Promise<string | undefined>
/** What to say of a tool that is not there. */
export function lackOf(name: ToolName): string
