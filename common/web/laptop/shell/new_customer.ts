// The form of a new customer: one for the whole page, opened from anywhere.
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const useNewCustomer = defineStore('new-customer', () => {
  const isOpen = ref(false)
  return { isOpen, open: () => void (isOpen.value = true), close: () => void (isOpen.value = false) }
})
