import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Connector, linePath, type Point } from '../canvas/connectors.js';

/** A line with the state it is drawn in. */
export interface DrawnLine extends Connector {
  readonly done: boolean;
}

const svg = 'http://www.w3.org/2000/svg';

/**
 * Draws the lines between cards where the browser has laid the cards out, again whenever their sizes change. The
 * paths are attributes of elements made by hand: nothing here needs an inline style or HTML in a string.
 */
export class LinesController implements ReactiveController {
  /** The lines of the present drawing; set while rendering. */
  lines: readonly DrawnLine[] = [];

  readonly #root: () => ParentNode;
  readonly #observer = new ResizeObserver(() => this.#draw());
  #observed: Element | null = null;
  #drawn = '';
  /** Width of the drawing when it was last laid out. */
  #width = 0;

  constructor(host: ReactiveControllerHost, root: () => ParentNode) {
    this.#root = root;
    host.addController(this);
  }

  hostUpdated(): void {
    const tree = this.#root().querySelector('.tree');
    if (tree !== this.#observed) {
      this.#observer.disconnect();
      if (tree) this.#observer.observe(tree);
      this.#observed = tree;
      this.#drawn = '';
      this.#width = 0;
    }
    this.#draw();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = null;
  }

  #draw(): void {
    const tree = this.#observed;
    const canvas = tree?.querySelector('svg.lines');
    if (!tree || !canvas) return;
    this.#keepMiddle(tree, tree.getBoundingClientRect().width);
    const box = tree.getBoundingClientRect();
    const boxes = new Map<string, DOMRect>();
    for (const node of tree.querySelectorAll<HTMLElement>('[data-node]')) {
      boxes.set(node.dataset.node ?? '', node.getBoundingClientRect());
    }
    const paths = this.lines.flatMap(({ from, to, shape, done }) => {
      const [start, end] = [boxes.get(from), boxes.get(to)];
      if (!start || !end) return [];
      const a = { x: middle(start, box), y: round(start.bottom - box.top) };
      const b = { x: middle(end, box), y: round(end.top - box.top) };
      return [{ d: linePath(a, { x: b.x, y: b.y - 2 }, shape), arrow: arrowPath(b), done }];
    });
    const drawing = JSON.stringify(paths);
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    // Lines of the way that was taken lie over the others.
    paths.sort((a, b) => Number(a.done) - Number(b.done));
    canvas.replaceChildren(
      ...paths.flatMap(({ d, arrow, done }) => [
        path(d, done ? 'done' : ''),
        path(arrow, done ? 'arrow done' : 'arrow'),
      ]),
    );
  }

  /** What is in the middle stays there while the drawing grows to both sides; at first that is where it starts. */
  #keepMiddle(tree: Element, width: number): void {
    const scroller = tree.parentElement;
    if (!scroller || width === 0 || width === this.#width) return;
    scroller.scrollLeft += (width - (this.#width || scroller.clientWidth)) / 2;
    this.#width = width;
  }
}

const path = (d: string, className: string): SVGElement => {
  const element = document.createElementNS(svg, 'path');
  element.setAttribute('d', d);
  element.setAttribute('class', className);
  return element;
};

const arrowPath = ({ x, y }: Point): string => `M${x - 4.5} ${y - 7}L${x} ${y - 0.5}L${x + 4.5} ${y - 7}Z`;

const middle = (box: DOMRect, of: DOMRect): number => round(box.left + box.width / 2 - of.left);

/** Half pixels keep thin lines sharp. */
const round = (value: number): number => Math.round(value * 2) / 2;
