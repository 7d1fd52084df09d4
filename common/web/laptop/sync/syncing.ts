// Asking for a sync, and what came of it in one sentence. Never a dialog.
import { defineStore } from 'pinia'
import { ref } from 'vue'

import { type Answer, Refused, Unreachable } from '@/api/answer'
import { useCatalog } from '@/stores/catalog'
import { useNotice } from '@/stores/notice'
import { texts } from '@/texts/texts'

export const useSyncing = defineStore('syncing', () => {
  const catalog = useCatalog()
  const notice = useNotice()
  const running = ref(false)
  const refused = ref('')

  async function now(): Promise<Answer | undefined> {
    if (running.value || !catalog.may('sync')) return undefined
    running.value = true
    refused.value = ''
    try {
      return await catalog.call('sync')
    } catch (error) {
      if (error instanceof Refused) refused.value = error.refusal.message
      else if (error instanceof Unreachable) refused.value = texts.global.t('error.unreachable')
      else throw error
      notice.say(refused.value, 'plain')
      return undefined
    } finally {
      running.value = false
    }
  }
  return { running, refused, now }
})
