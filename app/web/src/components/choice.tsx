import { Select, type SelectProps } from 'antd'
import { type ReactElement, useLayoutEffect, useRef } from 'react'

/** antd's list scrolls and holds nothing that takes the focus: it takes it itself, so that every browser scrolls it by keys. */
function Options({ list }: { list: ReactElement }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    box.current?.querySelector('.ant-select-dropdown-list-holder')?.setAttribute('tabindex', '0')
  })
  return <div ref={box}>{list}</div>
}

/** One of a list that drops down, as wide as its longest entry. */
export function Choice<Value = string>(props: Omit<SelectProps<Value>, 'popupRender'>) {
  return <Select<Value> popupMatchSelectWidth={false} {...props} popupRender={(list) => <Options list={list} />} />
}
