/**
 * Checks that what the pages say is so: links lead somewhere, commands exist, each rule of the protocol has a test that
 * cites it and the other way round, and the README's settings are those of the server. `--settings` prints their rows,
 * `--http` the description of the HTTP routes that `docs/openapi.json` holds.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { argv, exit } from 'node:process'
import { askModule } from './lib/ask-module.mjs'
import { filesBelow } from './lib/files.mjs'
import { settingsFaults, settingsRows } from './lib/settings-table.mjs'

if (argv.includes('--settings')) {
  console.log(settingsRows().join('\n'))
  exit()
}

if (argv.includes('--http')) {
  const description = askModule('signal-server/src/openapi.ts', 'it.describeHttp()')
  console.log(JSON.stringify(description, null, 2))
  exit()
}

const PAGES = filesBelow('.', /\.md$/).filter((page) => page !== 'THIRD-PARTY-NOTICES.md')
const TESTS = ['client/src', 'shared/src', 'signal-server/src', 'e2e', 'scripts']
const PROTOCOL = 'docs/protocol.md'

const LINK = /\]\(<?([^)\s>]+)>?(?:\s"[^"]*")?\)/g
const NPM_RUN = /\bnpm (?:run (?:--silent )?([a-z][\w:-]*)|(start|test)\b)/g
const NODE_SCRIPT = /\bnode (scripts\/[\w.-]+)/g
const RULE = /\b(?:SIG|LINK|SYNC|CLK|SND|RIFF|SLOT|HAND|TRADE|CHORD)\d+\b/g
const TEST_TITLE = /\b(?:test|it)(?:\.\w+)*\(\s*(['"`])((?:(?!\1).)*)\1/g
const BRACKETS = /\[[^\]]*\]/g

const read = (path) => readFileSync(path, 'utf8')
const distinct = (items) => [...new Set(items)]

/** Code has brackets of its own that are no links. */
const prose = (text) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

const slug = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const anchorsOf = (page) => [...read(page).matchAll(/^#+ (.*)$/gm)].map((match) => slug(match[1]))

function linkFault(page, target) {
  if (/^[a-z]+:/i.test(target)) return []
  const [path, anchor] = target.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(file)) return [`${page}: nothing at ${target}`]
  const misses = anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor)
  return misses ? [`${page}: no heading ${target}`] : []
}

const linkFaults = PAGES.flatMap((page) =>
  [...prose(read(page)).matchAll(LINK)].flatMap((match) => linkFault(page, match[1])),
)

const known = JSON.parse(read('package.json')).scripts
const commandFaults = PAGES.flatMap((page) => [
  ...[...read(page).matchAll(NPM_RUN)]
    .map((match) => match[1] ?? match[2])
    .filter((name) => known[name] === undefined)
    .map((name) => `${page}: there is no npm script ${name}`),
  ...[...read(page).matchAll(NODE_SCRIPT)]
    .filter((match) => !existsSync(match[1]))
    .map((match) => `${page}: there is no ${match[1]}`),
])

const testFiles = TESTS.flatMap((folder) => filesBelow(folder, /(\.(test|spec)|-contract)\.ts$/))
const titles = testFiles.flatMap((file) => [...read(file).matchAll(TEST_TITLE)].map((m) => m[2]))
const cited = distinct(titles.flatMap((title) => title.match(BRACKETS)?.join().match(RULE) ?? []))
const ruled = existsSync(PROTOCOL) ? distinct(read(PROTOCOL).match(RULE) ?? []) : []
const ruleFaults = [
  ...(ruled.length === 0 ? [`${PROTOCOL} has no rules`] : []),
  ...ruled.filter((id) => !cited.includes(id)).map((id) => `${id}: no test title cites it`),
  ...cited.filter((id) => !ruled.includes(id)).map((id) => `${id}: cited, not in ${PROTOCOL}`),
]

const faults = [...linkFaults, ...commandFaults, ...ruleFaults, ...settingsFaults()]
for (const fault of faults) console.error(fault)
console.log(`${PAGES.length} pages, ${ruled.length} protocol rules, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
