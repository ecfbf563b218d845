// A level is told by the shape of its sign as well as by colour: a square for the centre, a circle for a province, a triangle
// for a district, a diamond for a commune, a ring where it is not known; a body is a hexagon.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

export const SHAPES = { central: 0, province: 1, district: 2, commune: 3, "": 4, body: 5 };
const GROWN = [1.2, 1, 1.3, 1.25, 1, 1.1]; // shapes of one size look as large as each other

export const shapeOf = (node) => (node.kind === "body" ? "body" : node.level in SHAPES ? node.level : "");

// One point each, without instances: a browser that has no graphics card draws tens of thousands of these in time.
const VERTEX = `
attribute vec4 a_id; attribute vec4 a_color; attribute vec2 a_position; attribute float a_size; attribute float a_shape;
uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_pixelRatio;
varying vec4 v_color; varying float v_soft; varying float v_shape;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = max(a_size / u_sizeRatio * u_pixelRatio * 2.0, 1.0);
  v_soft = 2.0 / gl_PointSize;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

// Distance to the edge of each shape, in units of the radius: negative inside.
const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying float v_soft; varying float v_shape;
float edge(vec2 p, float shape) {
  vec2 q = abs(p);
  if (shape < 0.5) return max(q.x, q.y) - 0.7;
  if (shape < 1.5) return length(p) - 0.95;
  if (shape < 2.5) return max(q.x * 0.866 + p.y * 0.5, -p.y) - 0.48;
  if (shape < 3.5) return (q.x + q.y) * 0.7071 - 0.66;
  if (shape < 4.5) return abs(length(p) - 0.72) - 0.2;
  return max(q.y * 0.866 + q.x * 0.5, q.x) - 0.84;
}
void main() {
  vec2 place = vec2(gl_PointCoord.x, 1.0 - gl_PointCoord.y) * 2.0 - 1.0;
  #ifdef PICKING_MODE
  gl_FragColor = length(place) < 1.0 ? v_color : vec4(0.0);
  #else
  gl_FragColor = mix(v_color, vec4(0.0), clamp((edge(place, v_shape) + v_soft * 0.5) / v_soft, 0.0, 1.0));
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, POINTS } = globalThis.WebGLRenderingContext ?? {};

export class NodeShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(id, at, node) {
    const shape = SHAPES[node.shape] ?? 4;
    const { array } = this;
    array[at] = node.x;
    array[at + 1] = node.y;
    array[at + 2] = node.size * GROWN[shape];
    array[at + 3] = shape;
    array[at + 4] = floatColor(node.color);
    array[at + 5] = id;
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}

/** The outline of a shape around (0, 0) as an SVG path, for a sign of radius `r`. */
export function outline(shape, r) {
  const points = (list) => `M${list.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
  const disc = (k) => `M${-k * r} 0a${k * r} ${k * r} 0 1 0 ${2 * k * r} 0a${k * r} ${k * r} 0 1 0 ${-2 * k * r} 0Z`;
  if (shape === "central") return points([[-0.84, -0.84], [0.84, -0.84], [0.84, 0.84], [-0.84, 0.84]]);
  if (shape === "district") return points([[0, -1.15], [1.05, 0.62], [-1.05, 0.62]]);
  if (shape === "commune") return points([[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]);
  if (shape === "body") return points([[0.95, -0.55], [0.95, 0.55], [0, 1.1], [-0.95, 0.55], [-0.95, -0.55], [0, -1.1]]);
  return shape === "" ? disc(0.9) + disc(0.5) : disc(0.95);
}
