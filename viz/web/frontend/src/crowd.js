// The lines of a graph that has thousands: drawn out of one list of numbers, in the layer of the edges, which the graph then has none of. As
// edges each would be kept, looked up and laid out by itself, which takes most of the time until a whole graph is seen.
import Sigma from "sigma";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec2 a_position; attribute vec4 a_color;
uniform mat3 u_matrix;
varying vec4 v_color;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_color = vec4(a_color.rgb, 1);
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main() { gl_FragColor = v_color; }`;

const STEP = 30_000; // lines drawn at once: without a graphics card hundreds of thousands take seconds
const NUMBERS = 3; // of each end: x, y and the colour
const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** @typedef {import("../../../drawing/assets/model.mjs").GraphEdge} GraphEdge */

/** Keeps what is drawn in the layer of the edges from one frame to the next. */
export class Kept extends Sigma {
  createWebGLContext(/** @type {string} */ id, /** @type {object} */ options) {
    return super.createWebGLContext(id, { ...options, preserveDrawingBuffer: id === "edges" });
  }
}

export class Crowd {
  lines = 0;
  /** How many of them are drawn. */
  drawn = 0;
  /** The frame that draws the next ones. */
  next = 0;
  /** @type {(() => void) | null} Fills it, when it is to be drawn anew. */
  filling = null;

  /** @param {any} renderer a `Kept`, whose layers are not in its types */
  constructor(renderer) {
    this.renderer = renderer;
    const gl = /** @type {WebGLRenderingContext} */ (renderer.webGLContexts.edges);
    renderer.createCanvasContext("lit", { beforeLayer: "nodes" });
    this.gl = gl;
    const program = /** @type {WebGLProgram} */ (gl.createProgram());
    for (const [kind, source] of /** @type {const} */ ([[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]])) {
      const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    for (const [name, size, type, begin] of /** @type {const} */ ([["a_position", 2, gl.FLOAT, 0], ["a_color", 4, gl.UNSIGNED_BYTE, 2]])) {
      const at = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, type, type === gl.UNSIGNED_BYTE, NUMBERS * BYTES, begin * BYTES);
    }
    this.matrix = gl.getUniformLocation(program, "u_matrix");
  }

  /**
   * Take other lines, or the same ones between other places.
   * @param {GraphEdge[]} edges
   * @param {number} nodes how many nodes there are
   * @param {(edge: GraphEdge) => string} colour the same for all of a group
   */
  fill(edges, nodes, colour) {
    const places = new Float32Array(nodes * 2);
    for (let id = 0; id < nodes; id += 1) {
      const place = this.renderer.getNodeDisplayData(String(id));
      places[2 * id] = place.x;
      places[2 * id + 1] = place.y;
    }
    const numbers = new Float32Array(edges.length * 2 * NUMBERS);
    /** @type {Map<string, number>} */
    const shades = new Map();
    let at = 0;
    for (const edge of edges) {
      if (!shades.has(edge.group)) shades.set(edge.group, floatColor(colour(edge)));
      const shade = /** @type {number} */ (shades.get(edge.group));
      for (const end of [edge.source, edge.target]) {
        numbers[at] = places[2 * end];
        numbers[at + 1] = places[2 * end + 1];
        numbers[at + 2] = shade;
        at += NUMBERS;
      }
    }
    this.gl.bufferData(this.gl.ARRAY_BUFFER, numbers, this.gl.STATIC_DRAW);
    this.lines = edges.length;
  }

  /** Are all of them drawn? */
  get done() {
    return !this.filling && this.drawn === this.lines;
  }

  /**
   * Draw all of them, some in each frame, unless the drawing moves: that is to be smooth without a graphics card too. Of what is to be
   * filled first, the signs are seen before.
   */
  draw() {
    const { gl, renderer } = this;
    this.clear();
    const mouse = renderer.getMouseCaptor();
    if (renderer.getCamera().isAnimated() || mouse.isMoving || mouse.draggedEvents || mouse.currentWheelDirection) return;
    gl.uniformMatrix3fv(this.matrix, false, renderer.getRenderParams().matrix);
    if (this.filling) this.next = requestAnimationFrame(() => (this.next = requestAnimationFrame(() => this.step())));
    else this.step();
  }

  step() {
    this.filling?.();
    this.filling = null;
    const some = Math.min(STEP, this.lines - this.drawn);
    this.gl.drawArrays(this.gl.LINES, this.drawn * 2, some * 2);
    this.drawn += some;
    if (this.drawn < this.lines) this.next = requestAnimationFrame(() => this.step());
  }

  /**
   * Draw these in their place, wider.
   * @param {GraphEdge[]} edges
   * @param {(edge: GraphEdge) => string} colour
   */
  light(edges, colour) {
    this.clear();
    const context = this.renderer.canvasContexts.lit;
    context.canvas.style.display = "";
    context.lineWidth = 1.8;
    for (const edge of edges) {
      const [from, to] = [edge.source, edge.target].map((id) => this.renderer.framedGraphToViewport(this.renderer.getNodeDisplayData(String(id))));
      context.beginPath();
      context.strokeStyle = colour(edge);
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }

  clear() {
    cancelAnimationFrame(this.next);
    this.drawn = 0;
    const { width, height } = this.renderer.getDimensions();
    this.gl.clear(this.gl.COLOR_BUFFER_BIT);
    const { lit } = this.renderer.canvasContexts;
    lit.clearRect(0, 0, width, height);
    lit.canvas.style.display = "none"; // see Drawing.rest
  }
}
