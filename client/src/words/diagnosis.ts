/** Of the details of the connection, to be read out, shown and copied. */
export const DIAGNOSIS_WORDS = {
  title: 'Connection details',
  textTitle: 'Beatcord, connection details',
  copy: 'Copy',
  copied: "Copied, without the room's name, addresses or keys.",
  byHand: 'This page may not copy. Select the text and copy it yourself:',
  asText: 'Connection details as text',
  table: 'How the others are connected',
  columns: {
    person: 'Person',
    connection: 'Connection',
    roundTrip: 'Round trip',
    lost: 'Lost',
    clock: 'Clock',
    trouble: 'Last trouble',
  },
  /** A line of the text: one fact, or one person. */
  fact: ({ label, words }: { label: string; words: string }) => `${label}: ${words}`,
  person: (of: {
    name: string
    link: string
    roundTrip: string
    lost: string
    clock: string
    trouble: string
  }) =>
    `${of.name}: ${of.link}; round trip ${of.roundTrip}; lost ${of.lost}; clock ${of.clock}; last trouble: ${of.trouble}`,
  labels: {
    browser: 'This browser',
    speaker: 'My loudspeaker',
    server: 'Server',
    room: 'Room',
    address: 'My network address',
    clock: 'Clock',
    song: 'Song',
    protocol: 'Protocol',
  },
  browser: ({ name, version, system }: { name: string; version: string; system: string }) =>
    `${name} ${version} on ${system}`,
  unknownBrowser: (system: string) => `an unknown browser on ${system}`,
  unknownSystem: 'an unknown system',
  browserSound: ({ browser, sound }: { browser: string; sound: string }) => `${browser}, ${sound}`,
  sound: {
    locked: 'sound waits for a tap',
    running: 'sound is on',
    interrupted: 'sound was taken by another app',
    unsupported: 'no sound in this browser',
    failed: 'sound did not start',
  },
  /** @param since  such as "2 minutes" */
  room: ({ connection, since }: { connection: string; since: string }) =>
    `${connection}, for ${since}`,
  hidden: 'hidden',
  notHidden: 'not hidden',
  song: ({ bytes, capBytes }: { bytes: number; capBytes: number }) =>
    `${kB(bytes)} of at most ${kB(capBytes)}`,
  protocol: (version: number | string) => `version ${version}`,
  notInJam: (connection: string) => `This page is not in the jam: ${connection.toLowerCase()}.`,
  serverAway: 'The server is away; whoever is linked plays on.',
  wellAlone: 'All is well. Nobody else is here.',
  well: (count: number) =>
    `All is well: connected with ${count} ${count === 1 ? 'person' : 'people'}.`,
  complaint: ({ name, words }: { name: string; words: string }) => `${name}: ${words}.`,
  slow: ({ name, figures }: { name: string; figures: string }) =>
    `${name}: a slow connection (${figures}).`,
  drifting: ({ words, error }: { words: string; error: string }) => `${words} (${error})`,
  server: {
    away: 'out of reach, trying again',
    joining: 'not reached yet',
    relays: 'reachable, helps where there is no direct way',
    plain: 'reachable, passes no music on',
  },
  speaker: {
    silent: 'this browser does not say how late it sounds',
    late: (ms: number) => `sounds ${Math.round(ms)} ms late, says the browser`,
    /** @param told  one of those above */
    unset: (told: string) => `${told}; not set by ear`,
    set: ({ told, trimMs }: { told: string; trimMs: number }) =>
      `${told}; by ear ${Math.abs(trimMs)} ms ${trimMs > 0 ? 'later' : 'earlier'} than that`,
    setAlone: ({ told, trimMs }: { told: string; trimMs: number }) =>
      `${told}; set by ear: ${trimMs} ms`,
  },
  unknown: 'not known yet',
  ms: (ms: number) => `${ms} ms`,
  percent: (share: number) => `${Math.round(share * 100)} %`,
  away: (link: string) => `away, ${link}`,
  tries: ({ link, count }: { link: string; count: number }) => `${link} (${tries(count)})`,
  triesEnd: ({ link, count, end }: { link: string; count: number; end: string }) =>
    `${link} (${tries(count)}, the last one ${end})`,
  ends: {
    timeout: 'got no answer in time',
    closed: 'was closed',
    silent: 'fell silent',
    slow: 'was too slow',
  },
  noTrouble: 'none',
  trouble: ({ trouble, ago }: { trouble: string; ago: string }) => `${trouble}, ${ago}`,
  troubleCode: ({ trouble, code, ago }: { trouble: string; code: string; ago: string }) =>
    `${trouble} (${code}), ${ago}`,
  troubles: {
    silent: 'went silent',
    'no-way': 'no way was found',
    'no-direct-way': 'no direct way was found',
    'lost-direct-way': 'the direct way was lost',
    'cut-off': 'disconnected for breaking a rule',
    'cut-off-by-them': 'disconnected us',
  },
} as const

function tries(count: number): string {
  return count === 1 ? '1 direct try' : `${count} direct tries`
}

function kB(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en')} kB`
}
