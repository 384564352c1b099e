/**
 * Runs in the page before its own scripts, and before `recordOutputs`: what the page sends to its loudspeaker is
 * recorded as it is and arrives there as silence. To the browser such a page is one that does not sound.
 */
export function muteOutput(): void {
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (...args: unknown[]) => unknown
  const mutes = new WeakMap<BaseAudioContext, AudioNode>()
  const muteOf = (context: BaseAudioContext): AudioNode => {
    const known = mutes.get(context)
    if (known !== undefined) return known
    const mute = new GainNode(context, { gain: 0 })
    connect.call(mute, context.destination)
    mutes.set(context, mute)
    return mute
  }
  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
    const { context } = this
    if (args[0] !== context.destination) return connect.apply(this, args)
    return connect.call(this, muteOf(context))
  } as AudioNode['connect']
}
