/** Steps that can be taken back and taken again. */
export class History<Step> {
  private done: Step[] = []
  private undone: Step[] = []

  constructor(private readonly most = 1000) {}

  push(step: Step): void {
    this.done.push(step)
    if (this.done.length > this.most) this.done.shift()
    this.undone = []
  }

  undo(): Step | undefined {
    const step = this.done.pop()
    if (step !== undefined) this.undone.push(step)
    return step
  }

  redo(): Step | undefined {
    const step = this.undone.pop()
    if (step !== undefined) this.done.push(step)
    return step
  }

  get canUndo(): boolean {
    return this.done.length > 0
  }

  get canRedo(): boolean {
    return this.undone.length > 0
  }
}
