// Files in and out of answers, as base64 in JSON.
import type { FileOut } from './answer'

/** A chosen file as an input. Errors: rejects when the file cannot be read. */
export function fileIn(file: File): Promise<{ name: string; data: string }> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const url = String(reader.result)
      resolve({ name: file.name, data: url.slice(url.indexOf(',') + 1) })
    }
    reader.onerror = () => reject(reader.error ?? new Error(file.name))
    reader.readAsDataURL(file)
  })
}

/** Hands the file to the browser's downloads; it is never shown inside the page. */
export function download(file: FileOut): void {
  const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
