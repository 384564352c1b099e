// Before anything is painted, so that nobody is dazzled; a file of our own, since the page's policy allows no other script.
// client/src/ui/theme.ts takes over from here.
;(() => {
  let choice
  try {
    choice = localStorage.getItem('beatcord/theme')
  } catch {
    // Storage is switched off here.
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  document.documentElement.dataset.theme = choice === 'dark' || choice === 'light' ? choice : light
})()
