import { shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'

/** A value that its owner also has: here it is another one at once, and not only once the owner has drawn it anew. */
export function useOwn<Value>(model: Ref<Value>): ShallowRef<Value> {
  const own = shallowRef(model.value)
  watch(own, (value) => (model.value = value), { flush: 'sync' })
  watch(model, (value) => (own.value = value), { flush: 'sync' })
  return own
}
