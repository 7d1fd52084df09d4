// Which stretches of two texts differ: what the merge screen marks.

export interface Stretch {
  text: string
  differs: boolean
}

/** Above this many letters a whole-text mark is clearer and cheaper than letters. */
const lettersMax = 600

/** `text` in stretches, those that `base` does not have marked. Letters, longest common subsequence. */
export function differences(base: string, text: string): Stretch[] {
  if (base === text) return text === '' ? [] : [{ text, differs: false }]
  const a = [...base]
  const b = [...text]
  if (a.length > lettersMax || b.length > lettersMax || a.length === 0) {
    return text === '' ? [] : [{ text, differs: a.length > 0 }]
  }
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  return stretches(a, b, (i, j) => lengths[i * width + j]!)
}

function stretches(a: string[], b: string[], common: (i: number, j: number) => number): Stretch[] {
  const found: Stretch[] = []
  const add = (letter: string, differs: boolean) => {
    const last = found[found.length - 1]
    if (last && last.differs === differs) last.text += letter
    else found.push({ text: letter, differs })
  }
  let i = 0
  let j = 0
  while (j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      add(b[j]!, false)
      i++
      j++
    } else if (i < a.length && common(i + 1, j) >= common(i, j + 1)) {
      i++
    } else {
      add(b[j]!, true)
      j++
    }
  }
  return found
}
