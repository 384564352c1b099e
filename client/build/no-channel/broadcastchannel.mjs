/** What y-webrtc asks of a channel to other tabs, with nobody at the other end. */
export const subscribe = (_room, hear) => hear
export const unsubscribe = () => false
export const publish = () => undefined
