import type { ThemeConfig } from 'antd'

/**
 * Every colour of the product. Text and fills are two palettes: text keeps a
 * contrast of 4.5 to 1 on its ground, fills stay apart for colour-blind eyes.
 */
export type Scheme = 'light' | 'dark'

const text = {
  light: {
    colorPrimary: '#0B5CAD', colorInfo: '#0B5CAD', colorLink: '#0B5CAD', colorLinkHover: '#084B8E',
    colorSuccess: '#2B6E12', colorWarning: '#8A5300', colorError: '#B3261E',
    colorTextSecondary: 'rgba(0,0,0,.68)', colorTextTertiary: 'rgba(0,0,0,.62)', colorTextDescription: 'rgba(0,0,0,.62)',
    colorIcon: 'rgba(0,0,0,.62)', colorTextQuaternary: 'rgba(0,0,0,.58)', colorTextPlaceholder: 'rgba(0,0,0,.58)',
    colorSuccessBg: '#EFF8EA', colorSuccessBorder: '#A9D58F', colorWarningBg: '#FFF6E0', colorWarningBorder: '#E8C071',
    colorErrorBg: '#FDECEA', colorErrorBorder: '#F0A8A2', colorInfoBg: '#E8F1FB', colorInfoBorder: '#9CC3EA',
    colorPrimaryBg: '#E8F1FB', colorPrimaryBorder: '#9CC3EA', colorPrimaryBgHover: '#D6E6F8', colorBgLayout: '#F4F6F8',
  },
  dark: {
    colorPrimary: '#2F7FD6', colorLink: '#7DB6F5', colorLinkHover: '#A5CDF8', colorSuccess: '#7CC55B', colorWarning: '#E8B339', colorError: '#FF7B72',
    colorTextSecondary: 'rgba(255,255,255,.78)', colorTextTertiary: 'rgba(255,255,255,.66)', colorTextDescription: 'rgba(255,255,255,.66)',
    colorIcon: 'rgba(255,255,255,.66)', colorTextQuaternary: 'rgba(255,255,255,.62)', colorTextPlaceholder: 'rgba(255,255,255,.62)',
  },
} satisfies Record<Scheme, ThemeConfig['token']>

const components = {
  light: { Rate: { starColor: '#8A5300' } },
  dark: { Tabs: { itemSelectedColor: '#7DB6F5', inkBarColor: '#7DB6F5' }, Button: { dangerColor: '#1A0000', colorPrimaryHover: '#3374B8', defaultHoverColor: '#A5CDF8', defaultHoverBorderColor: '#7DB6F5' }, Menu: { itemSelectedColor: '#7DB6F5' } },
} satisfies Record<Scheme, ThemeConfig['components']>

/** The fonts: Latin first, so that digits are not drawn by a Chinese font. Nothing is loaded. */
const fontFamily =
  '-apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'

/** What antd is themed with, without its algorithm. */
export const tokens = (scheme: Scheme): ThemeConfig => ({
  token: { ...text[scheme], fontFamily, fontSize: 14, borderRadius: 6, motionDurationMid: '0.1s' },
  components: components[scheme],
})

/** How a figure stands against what was expected; a fill, never text, and never without its shape and word. */
export type Standing = 'exceeded' | 'met' | 'watch' | 'missed' | 'none'

export const standings: Record<Scheme, Record<Standing, string>> = {
  light: { exceeded: '#0B5CAD', met: '#0A7D74', watch: '#F0B429', missed: '#9B1C31', none: '#7A8794' },
  dark: { exceeded: '#7DB6F5', met: '#3CC9B8', watch: '#F5C451', missed: '#FF7A8A', none: '#9AA7B4' },
}

/** The shape that goes with each standing. */
export const shapes: Record<Standing, string> = { exceeded: '◆', met: '●', watch: '▲', missed: '■', none: '○' }

/** Fills of the perspectives in the order of the scorecard; always labelled. */
export const perspectives: Record<Scheme, readonly string[]> = {
  light: ['#0B5CAD', '#D55E00', '#009E73', '#8E5EA2', '#56708A', '#A07400'],
  dark: ['#6FB0F5', '#F28C3A', '#35C79B', '#C39BD6', '#9FB4C8', '#D9B036'],
}

/** What charts draw with beside fills. */
export const inks: Record<Scheme, { line: string; grid: string; text: string; lost: string; ground: string }> = {
  light: { line: '#1F2933', grid: '#D5DBE1', text: '#1F2933', lost: '#7A8794', ground: '#FFFFFF' },
  dark: { line: '#E5EAF0', grid: '#3A444E', text: '#E5EAF0', lost: '#9AA7B4', ground: '#141414' },
}

/** Five steps of one hue for heat maps, from little to much, with the text colour that reads on each. */
export const heat: Record<Scheme, readonly { fill: string; text: string }[]> = {
  light: [
    { fill: '#F3E9DA', text: '#1F2933' }, { fill: '#DCE6EE', text: '#1F2933' }, { fill: '#B3CDE4', text: '#1F2933' },
    { fill: '#5E93C4', text: '#0A0F14' }, { fill: '#1D5A94', text: '#FFFFFF' },
  ],
  dark: [
    { fill: '#4A3A22', text: '#FFFFFF' }, { fill: '#223140', text: '#FFFFFF' }, { fill: '#27496B', text: '#FFFFFF' },
    { fill: '#3B76AE', text: '#FFFFFF' }, { fill: '#8CC0F0', text: '#0A0F14' },
  ],
}

/** The colours that style sheets use, as custom properties. */
export const properties: Record<Scheme, Record<string, string>> = {
  light: {
    '--ink': '#1F2933', '--quiet': 'rgba(0,0,0,.66)', '--line': '#D9DFE5', '--paper': '#FFFFFF', '--ground': '#F4F6F8', '--accent': '#0B5CAD',
    '--accent-ground': '#E8F1FB', '--error': '#B3261E', '--error-ground': '#FDECEA', '--warning': '#8A5300', '--warning-ground': '#FFF6E0',
    '--success': '#2B6E12', '--success-ground': '#EFF8EA', '--head': '#0B3A5B', '--head-ink': '#FFFFFF', '--selected': '#D6E6F8',
  },
  dark: {
    '--ink': '#E5EAF0', '--quiet': 'rgba(255,255,255,.72)', '--line': '#3A444E', '--paper': '#141414', '--ground': '#0B0E11', '--accent': '#7DB6F5',
    '--accent-ground': '#16283C', '--error': '#FF7B72', '--error-ground': '#3B1715', '--warning': '#E8B339', '--warning-ground': '#3A2C0C',
    '--success': '#7CC55B', '--success-ground': '#1A3012', '--head': '#0B2233', '--head-ink': '#E5EAF0', '--selected': '#1D3A5A',
  },
}
