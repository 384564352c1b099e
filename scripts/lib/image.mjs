import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join, posix, relative, resolve } from 'node:path'

/** Variables of this machine that a step may see; everything else is the Dockerfile's. */
const HANDED_IN =
  /^(PATH|HOME|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy|npm_config_.*)$/i

/**
 * Builds what a Dockerfile says in plain folders: each stage is a folder that stands for its file system.
 *
 * @param steps    from `parseDockerfile`
 * @param context  the folder that plain COPY steps copy from
 * @param kept     a path below the context -> whether it belongs to it
 * @param scratch  an empty folder
 * @param runStep  called with (words, folder, env) for each RUN; throws when the step fails
 * @returns the last stage: `{ root, folder, env, user, ports, command, healthCommand }`
 */
export async function buildImage({ steps, context, kept, scratch, runStep }) {
  const stages = new Map()
  let stage
  for (const step of steps) {
    if (step.name === 'FROM') {
      stage = openStage(join(scratch, `stage-${stages.size}`), step.words)
      stages.set(step.words[2] ?? String(stages.size), stage)
    } else if (step.name === 'COPY') copyInto(stage, step, stages, { context, kept })
    else if (step.name === 'RUN') {
      const words = step.list ?? ['sh', '-c', step.text]
      await runStep(words, stage.folder, { ...stage.env })
    } else note(stage, step)
  }
  return stage
}

function openStage(root, [image]) {
  mkdirSync(root, { recursive: true })
  return { root, image, folder: root, env: handedIn(), user: 'root', ports: [] }
}

const handedIn = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => HANDED_IN.test(name)))

function note(stage, step) {
  const { name, text, words, list } = step
  if (name === 'WORKDIR') {
    stage.folder = inside(stage, text)
    mkdirSync(stage.folder, { recursive: true })
  } else if (name === 'ENV') {
    for (const [variable, value] of words.map((word) => word.split('=')))
      stage.env[variable] = value
  } else if (name === 'USER') stage.user = text
  else if (name === 'EXPOSE') stage.ports.push(...words)
  else if (name === 'CMD') stage.command = list
  else if (name === 'HEALTHCHECK') stage.healthCommand = JSON.parse(text.replace(/^CMD\s+/, ''))
  else throw new Error(`${name} must be a step that is known here`)
}

const inside = (stage, path) =>
  path.startsWith('/') ? join(stage.root, path) : resolve(stage.folder, path)

function copyInto(stage, { flags, words }, stages, { context, kept }) {
  const to = words.at(-1)
  const sources = words.slice(0, -1)
  const from = flags.from === undefined ? undefined : stages.get(flags.from)
  const root = from?.root ?? context
  for (const source of sources) {
    const path = join(root, source)
    const filter = (file) => from !== undefined || kept(posixPath(relative(context, file)))
    copy(path, inside(stage, to), to.endsWith('/') || sources.length > 1, filter)
  }
}

/** As COPY does: of a folder what is in it, of a file the file. */
function copy(path, to, intoFolder, filter) {
  if (statSync(path).isDirectory()) {
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(path)) {
      cpSync(join(path, name), join(to, name), { recursive: true, filter })
    }
    return
  }
  if (!filter(path)) throw new Error(`${path} must not be kept out by .dockerignore`)
  cpSync(path, intoFolder ? join(to, basename(path)) : to)
}

const posixPath = (path) => path.split(/[\\/]/).join(posix.sep)
