/**
 * Writes THIRD-PARTY-NOTICES.md from the packages that the lockfile installs for production. `--check` compares
 * instead; either way a licence that is not permissive is a fault.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit } from 'node:process'

const FILE = 'THIRD-PARTY-NOTICES.md'
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
]
const LICENCE_FILE = /^(licen[cs]e|copying|unlicen[cs]e)/i

function shippedPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && isShipped(entry))
    .map(([path]) => path)
    .sort()
}

const isShipped = ({ dev, devOptional, optional, link }) =>
  dev !== true && devOptional !== true && optional !== true && link !== true

function noticeOf(path) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  )
  const file = readdirSync(path).find((entry) => LICENCE_FILE.test(entry))
  const text = file === undefined ? undefined : readFileSync(join(path, file), 'utf8')
  return { name, version, license, author: authorName(author), text }
}

const authorName = (author) => (typeof author === 'string' ? author : author?.name)

/** Whether one of the licences to choose from is permissive. */
const isPermissive = (license) =>
  String(license)
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => PERMISSIVE.includes(choice.trim()))

function section({ name, version, license, author, text }) {
  const body =
    text === undefined
      ? `Published under ${license}${author === undefined ? '' : ` by ${author}`}, without a licence file.`
      : `\`\`\`text\n${text
          .trim()
          .replace(/\r/g, '')
          .replace(/[ \t]+$/gm, '')}\n\`\`\``
  return `## ${name} ${version}\n\nLicence: ${license}\n\n${body}\n`
}

const notices = shippedPackages().map(noticeOf)
const refused = notices.filter(({ license }) => !isPermissive(license))
for (const { name, license } of refused) console.error(`${name} must be permissive, got ${license}`)

const text = [
  '# Third-party notices\n',
  `Beatcord is distributed with these ${notices.length} packages. Written by \`npm run notices:write\`.\n`,
  ...notices.map(section),
].join('\n')

if (argv.includes('--check')) {
  const stale = readFileSync(FILE, 'utf8') !== text
  if (stale) console.error(`${FILE} is out of date: npm run notices:write`)
  console.log(`${notices.length} packages, ${refused.length} refused licences`)
  exit(stale || refused.length > 0 ? 1 : 0)
}
writeFileSync(FILE, text)
exit(refused.length > 0 ? 1 : 0)
