// What a picker offers while somebody types: asked anew with each text, and why there is nothing.
import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { whyNot } from '@/stores/attempt'
import { useCatalog } from '@/stores/catalog'

import { type Choice, seek } from './seek'

export function useSeeking(kind: () => string, takes: () => string = () => 'id') {
  const catalog = useCatalog()
  const { t } = useI18n()
  const choices = shallowRef<Choice[]>([])
  const waiting = ref(false)
  /** What stands in a list without choices. */
  const none = ref(t('form.nobody'))
  let asked = 0

  /** What an earlier question still brings is thrown away. */
  async function look(text = '') {
    const mine = ++asked
    waiting.value = true
    let found: Choice[] = []
    let why = t('form.nobody')
    try {
      found = await seek(catalog, kind(), text, takes())
    } catch (failure) {
      why = whyNot(failure)
    }
    if (mine !== asked) return
    choices.value = found
    none.value = why
    waiting.value = false
  }
  return { choices, waiting, none, look }
}
