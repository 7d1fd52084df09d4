// Every word the pages say stands in zh-CN.ts and en.ts; what records and actions are called comes
// from the program.
import { createI18n } from 'vue-i18n'

import { standing } from '@/api/client'

import en from './en'
import zh from './zh-CN'

export const languages = [
  { code: 'zh-CN', name: '中文' },
  { code: 'en', name: 'English' },
] as const
export type Language = (typeof languages)[number]['code']

const kept = 'dossier.language'
const isLanguage = (code: string | null): code is Language =>
  languages.some((language) => language.code === code)

function first(): Language {
  const before = localStorage.getItem(kept)
  return isLanguage(before) ? before : 'zh-CN'
}

export const texts = createI18n({
  legacy: false,
  locale: first(),
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh, en },
})

/** Speaks this language from now on, to the program too. */
export function speak(language: Language): void {
  texts.global.locale.value = language
  standing.language = language
  document.documentElement.lang = language
  localStorage.setItem(kept, language)
}
