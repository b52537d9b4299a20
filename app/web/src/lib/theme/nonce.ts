/** The nonce by which the server lets this page's styles in. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce

/**
 * antd hands the nonce to most of the styles that it writes, but not to those that
 * measure scroll bars or hold the page still under a dialog: so every style that a
 * script of ours makes has it. Markup gains nothing by that: it makes no elements.
 */
if (nonce) {
  const make = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
}
