// Asking for a sync, and what came of it in one sentence. Never a dialog.
import { defineStore } from 'pinia'
import { ref } from 'vue'

import type { Answer } from '@/api/answer'
import { whyNot } from '@/stores/attempt'
import { useCatalog } from '@/stores/catalog'
import { useNotice } from '@/stores/notice'

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
      refused.value = whyNot(error)
      notice.say(refused.value, 'plain')
      return undefined
    } finally {
      running.value = false
    }
  }
  return { running, refused, now }
})
