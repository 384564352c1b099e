/** Finds the programs of the system that some tests and the bench need, and gets those that are missing. */
import { argv, env, exit } from 'node:process'
import { pathToFileURL } from 'node:url'
import { installUntil, isProgram, placesOf, waysToInstall } from './lib/programs.mjs'

/** What each is called on the PATH, which variable names another, and which package of Debian and Ubuntu has it. */
const TOOLS = {
  firefox: {
    names: ['firefox-esr', 'firefox'],
    variable: 'FIREFOX_PATH',
    systemPackage: 'firefox-esr',
  },
  turnserver: { names: ['turnserver'], variable: 'TURNSERVER_PATH', systemPackage: 'coturn' },
  'redis-server': {
    names: ['redis-server'],
    variable: 'REDIS_SERVER_PATH',
    systemPackage: 'redis-server',
  },
  pulseaudio: { names: ['pulseaudio'], variable: 'PULSEAUDIO_PATH', systemPackage: 'pulseaudio' },
}

/** The bench gets what it alone needs when it runs. */
const BENCH_ONLY = ['pulseaudio']

/** What the tests need. */
export const TOOL_NAMES = Object.keys(TOOLS).filter((name) => !BENCH_ONLY.includes(name))

export function findTool(name) {
  const { names, variable } = TOOLS[name]
  const named = env[variable]
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined
  return placesOf(names).find(isProgram)
}

/** As `findTool`, but installs it first when it is not there; undefined when that failed too. */
export async function ensureTool(name) {
  const found = findTool(name)
  if (found !== undefined) return found
  const { variable, systemPackage } = TOOLS[name]
  if (env[variable]) {
    console.error(`${variable} must name a program, got ${env[variable]}`)
    return undefined
  }
  console.log(`no ${name} found`)
  return installUntil(() => findTool(name), waysToInstall(systemPackage))
}

/** What to say of a tool that is not there. */
export function lackOf(name) {
  const { variable, systemPackage } = TOOLS[name]
  return `missing system tool: ${name} (set ${variable}, or install the package ${systemPackage})`
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  let lacks = 0
  for (const name of TOOL_NAMES) {
    const path = await ensureTool(name)
    console.log(path ?? lackOf(name))
    if (path === undefined) lacks += 1
  }
  exit(lacks === 0 ? 0 : 1)
}
