'use strict'

/**
 * What simple-peer needs of a stream: to be told of messages. We neither pipe nor pause a peer and send straight to its
 * channel, so of a Duplex only the events are left. A function and a prototype, since simple-peer extends it.
 */
function Duplex() {
  this._listeners = new Map()
  this._readableState = { ended: false }
  this._writableState = { finished: false }
}

Object.assign(Duplex.prototype, {
  on(name, listener) {
    const listeners = this._listeners.get(name) ?? []
    this._listeners.set(name, [...listeners, listener])
    return this
  },

  once(name, listener) {
    const wrapped = (...args) => {
      this.removeListener(name, wrapped)
      listener.apply(this, args)
    }
    wrapped.listener = listener
    return this.on(name, wrapped)
  },

  removeListener(name, listener) {
    const listeners = this._listeners.get(name) ?? []
    const kept = listeners.filter((other) => other !== listener && other.listener !== listener)
    this._listeners.set(name, kept)
    return this
  },

  emit(name, ...args) {
    const listeners = this._listeners.get(name) ?? []
    if (name === 'error' && listeners.length === 0) throw args[0]
    for (const listener of listeners) listener.apply(this, args)
    return listeners.length > 0
  },

  push(message) {
    if (message === null) this._readableState.ended = true
    else this.emit('data', message)
    return true
  },

  end() {
    this._writableState.finished = true
  },
})

module.exports = { Duplex }
