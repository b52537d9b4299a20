/** What a browser says of itself, as far as people know it by: its name and its system. */
export function deviceOf(agent: string): { browser: string; system: string } | undefined {
  const system = /Android/.test(agent) ? 'Android'
    : /iPhone|iPad/.test(agent) ? 'iOS'
      : /Windows/.test(agent) ? 'Windows'
        : /Mac OS X/.test(agent) ? 'macOS'
          : /Linux|X11/.test(agent) ? 'Linux' : undefined
  const browser = /MicroMessenger/.test(agent) ? 'WeChat'
    : /Edg\//.test(agent) ? 'Edge'
      : /Firefox\//.test(agent) ? 'Firefox'
        : /Chrome\//.test(agent) ? 'Chrome'
          : /Safari\//.test(agent) ? 'Safari' : undefined
  return system && browser ? { browser, system } : undefined
}
