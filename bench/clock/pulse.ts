import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { env } from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ensureTool, lackOf } from '../../scripts/tools.mjs'

export type Side = 'left' | 'right'

/** A sound server of our own, whose only loudspeaker is one that nobody hears and that can be recorded. */
export interface PulseServer {
  /** Environment of a program whose sound belongs to that side. */
  envOf(side: Side): Readonly<Record<string, string>>
  /** Waits until both sides play, and sends all that plays to the channel of its side alone. */
  separate(): Promise<void>
  /** Begins to record the loudspeaker; the result ends that and hands over what was heard. */
  record(): Promise<() => Promise<StereoTape>>
  close(): Promise<void>
}

export interface StereoTape {
  readonly sampleRate: number
  readonly left: Float32Array
  readonly right: Float32Array
}

/** Also the rate at which Chromium plays when a server says nothing else: nothing is resampled. */
const SAMPLE_RATE = 44_100
const BYTES_A_FRAME = 8
const PATIENCE_MS = 15_000
const LOOK_EVERY_MS = 50
const SIDE_PROPERTY = 'beatcord.side'
const VOLUMES = { left: ['100%', '0%'], right: ['0%', '100%'] } as const

interface SinkInput {
  readonly index: number
  readonly properties: Readonly<Record<string, string>>
}

/**
 * Starts PulseAudio apart from any that the machine runs.
 *
 * @throws Error when there is none, and none can be installed
 */
export async function startPulse(): Promise<PulseServer> {
  const program = await ensureTool('pulseaudio')
  if (program === undefined) throw new Error(lackOf('pulseaudio'))
  const folder = await mkdtemp(join(tmpdir(), 'beatcord-pulse-'))
  const socket = join(folder, 'socket')
  const own = { HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_SERVER: `unix:${socket}` }
  const server = startServer(program, socket, { ...env, ...own })
  const beside = (name: string): string => join(dirname(program), name)
  const tell = async (...words: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(beside('pactl'), words, {
      env: { ...env, ...own },
    })
    return stdout
  }

  async function close(): Promise<void> {
    await ended(server)
    await rm(folder, { recursive: true, force: true })
  }

  async function inputs(): Promise<readonly SinkInput[]> {
    return JSON.parse(await tell('--format=json', 'list', 'sink-inputs')) as readonly SinkInput[]
  }

  try {
    await until(() => Promise.resolve(existsSync(socket)), 'PulseAudio must listen')
  } catch (error) {
    await close()
    throw error
  }
  return {
    envOf: (side) => ({ ...own, PULSE_PROP: `${SIDE_PROPERTY}=${side}` }),
    async separate() {
      const sidesOf = async (): Promise<readonly (string | undefined)[]> =>
        (await inputs()).map(({ properties }) => properties[SIDE_PROPERTY])
      await until(async () => {
        const sides = await sidesOf()
        return sides.includes('left') && sides.includes('right')
      }, 'both sides must play')
      for (const { index, properties } of await inputs()) {
        const side = properties[SIDE_PROPERTY] === 'left' ? 'left' : 'right'
        // In the server's mixer, where a volume costs no time: the pages themselves stay as they are.
        await tell('set-sink-input-volume', String(index), ...VOLUMES[side])
      }
    },
    async record() {
      const format = ['--raw', '--format=float32le', `--rate=${SAMPLE_RATE}`, '--channels=2']
      const child = spawn(beside('parec'), [...format, '--device=heard.monitor'], {
        env: { ...env, ...own },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const chunks: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
      await once(child.stdout, 'data')
      return async () => {
        await ended(child)
        return tapeOf(Buffer.concat(chunks))
      }
    },
    close,
  }
}

function startServer(
  program: string,
  socket: string,
  environment: NodeJS.ProcessEnv,
): ChildProcess {
  const modules = [
    `module-null-sink sink_name=heard rate=${SAMPLE_RATE} channels=2 format=float32le`,
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
  ]
  const loads = modules.flatMap((module) => ['-L', module])
  const quiet = ['--log-level=error', '--exit-idle-time=-1', '--daemonize=no', '--use-pid-file=no']
  return spawn(program, ['-n', ...quiet, '--disable-shm=yes', ...loads], {
    env: environment,
    stdio: 'ignore',
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

async function until(isSo: () => Promise<boolean>, sentence: string): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(sentence)
    await pause(LOOK_EVERY_MS)
  }
}

/** @param bytes  interleaved little-endian 32-bit floats; a last frame that is not whole is left out */
function tapeOf(bytes: Buffer): StereoTape {
  const frames = Math.floor(bytes.length / BYTES_A_FRAME)
  const left = new Float32Array(frames)
  const right = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    left[frame] = bytes.readFloatLE(frame * BYTES_A_FRAME)
    right[frame] = bytes.readFloatLE(frame * BYTES_A_FRAME + BYTES_A_FRAME / 2)
  }
  return { sampleRate: SAMPLE_RATE, left, right }
}
