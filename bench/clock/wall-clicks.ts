/**
 * Runs in a page: plain timestamp scheduling. A timer looks a little ahead and starts native clicks at what the context's
 * present and the wall clock say; nothing is measured and nothing compensated.
 *
 * @see C. Wilson, A tale of two clocks (web.dev/articles/audio-scheduling)
 */
export async function clickByWallClock(everyMs: number): Promise<void> {
  const LOOK_EVERY_MS = 25
  const AHEAD_MS = 200
  const CLICK_SECONDS = 0.02
  const CLICK_HZ = 1000
  const context = new AudioContext({ latencyHint: 'interactive' })
  await context.resume()
  const click = new AudioBuffer({
    length: Math.round(CLICK_SECONDS * context.sampleRate),
    sampleRate: context.sampleRate,
  })
  const pcm = click.getChannelData(0)
  for (let frame = 0; frame < pcm.length; frame++) {
    const seconds = frame / context.sampleRate
    pcm[frame] = 0.5 * Math.cos(2 * Math.PI * CLICK_HZ * seconds) * (1 - frame / pcm.length)
  }
  const wallMs = (): number => performance.timeOrigin + performance.now()
  let nextMs = Math.ceil(wallMs() / everyMs + 1) * everyMs
  setInterval(() => {
    while (nextMs < wallMs() + AHEAD_MS) {
      const source = new AudioBufferSourceNode(context, { buffer: click })
      source.connect(context.destination)
      source.start(Math.max(0, context.currentTime + (nextMs - wallMs()) / 1000))
      nextMs += everyMs
    }
  }, LOOK_EVERY_MS)
}
