import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pieceToPitch } from '../client/src/sequence/drum-sound.ts'
import { STARTER_GROOVE } from '../client/src/sequence/starter-groove.ts'
import { INITIAL_SOUND, type TrackSound } from '../client/src/sequence/track-sound.ts'
import type { EngineMessage } from '../client/src/sound/protocol.ts'
import { createSongPatcher } from '../client/src/sound/song-patch.ts'
import { note, songOf, trackOf } from '../client/src/sound/testing/songs.ts'
import { expect, test } from './crowd.ts'
import { runEngine, writeMessages, type EngineRun } from './engine-in-page.ts'
import { launchFirefox } from './firefox.ts'
import { tell } from './jam-sound.ts'
import { needTool } from './tools.ts'

const ASSETS = fileURLToPath(new URL('../client/dist/assets/', import.meta.url))
const SAMPLE_RATE = 48_000
const SECONDS = 4
/** Their sines and powers may differ in the last bit. */
const MOST_RESIDUE_DB = -80

/** All that an engine can do at once, with everything that is random. */
const RICH: TrackSound = {
  ...STARTER_GROOVE.sound,
  unison: '7',
  levelB: 0.5,
  waveformB: 'choir',
  centsB: 7,
  sub: 0.4,
  noise: 0.1,
  filterEnvelope: 0.5,
  lfoShape: 'random',
  lfoDepth: 0.4,
  lfoTarget: 'cutoff',
  drive: 0.4,
  highDb: 4,
  chorus: 0.6,
  echo: 0.4,
  reverb: 0.4,
  humanise: 0.5,
}
const ARPEGGIO: Partial<TrackSound> = {
  waveform: 'sine',
  fm: 0.5,
  fmFeedback: 0.3,
  arp: 'on',
  arpPattern: 'random',
  arpOctaves: '3',
}

function messages(): readonly EngineMessage[] {
  const beat = [0, 3, 6, 8, 11, 14].map((step) => ({
    ...note(step, pieceToPitch(step % 8 === 0 ? 'kick' : 'closed-hat')),
    ratchet: 3,
  }))
  const song = songOf(
    trackOf(
      STARTER_GROOVE.notes.map((one) => ({ ...one, chance: 80 })),
      { sound: RICH },
    ),
    trackOf([note(0, 57, 90, 16), note(0, 60, 90, 16), note(0, 64, 90, 16)], {
      id: 'bo',
      sound: { ...INITIAL_SOUND, ...ARPEGGIO },
    }),
    trackOf(beat, { id: 'cy', sound: { ...INITIAL_SOUND, instrument: 'drums', reverb: 0.2 } }),
  )
  const patch = createSongPatcher()(song)
  if (patch === undefined) throw new Error('a song must differ from none')
  const tempo = { frame: 480, beat: 0, framesPerBeat: 25_000, playing: true }
  return [
    { type: 'song', patch },
    { type: 'tempo', tempo: [tempo] },
  ]
}

const samplesOf = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)

const power = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0)

test('[SND5] two engines of one browser give the same samples to the last bit, another browser nearly so', async ({
  page,
  ownServer,
}) => {
  const firefox = needTool('firefox')
  test.setTimeout(120_000)
  const worklet = readdirSync(ASSETS).find((name) => name.startsWith('engine-worklet'))
  const run: EngineRun = {
    url: `${ownServer.url}/assets/${worklet ?? ''}`,
    messages: writeMessages(messages()),
    sampleRate: SAMPLE_RATE,
    seconds: SECONDS,
  }
  await page.goto(ownServer.url)
  const once = samplesOf(await page.evaluate(runEngine, run))
  const again = samplesOf(await page.evaluate(runEngine, run))

  const browser = await launchFirefox(firefox)
  try {
    const other = await browser.newPage()
    await other.goto(ownServer.url)
    const theirs = samplesOf(await other.evaluate(runEngine, run))

    const residue = once.map((sample, at) => sample - (theirs[at] ?? NaN))
    const residueDb = 10 * Math.log10(power(residue) / power(once))
    tell(`Firefox’s sound differs from Chromium’s by ${residueDb.toFixed(0)} dB`)
    expect(power(once) / once.length).toBeGreaterThan(1e-3)
    expect(Buffer.compare(Buffer.from(once.buffer), Buffer.from(again.buffer))).toBe(0)
    expect(residueDb).toBeLessThan(MOST_RESIDUE_DB)
  } finally {
    await browser.close()
  }
})
