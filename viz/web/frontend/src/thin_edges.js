// An edge as a line of one pixel, for graphs with so many that anything more costs seconds without a graphics card.
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_id; attribute vec4 a_color; attribute vec2 a_position;
uniform mat3 u_matrix;
varying vec4 v_color;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main() { gl_FragColor = v_color; }`;

const { FLOAT, UNSIGNED_BYTE, LINES } = globalThis.WebGLRenderingContext ?? {};

export class ThinEdgeProgram extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: LINES,
      UNIFORMS: ["u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(id, at, source, target, edge) {
    const { array } = this;
    const colour = floatColor(edge.color);
    array[at] = source.x;
    array[at + 1] = source.y;
    array[at + 2] = colour;
    array[at + 3] = id;
    array[at + 4] = target.x;
    array[at + 5] = target.y;
    array[at + 6] = colour;
    array[at + 7] = id;
  }

  setUniforms({ matrix }, { gl, uniformLocations }) {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
