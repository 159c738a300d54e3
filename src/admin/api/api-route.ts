/**
 * One route of the API: what it takes, what it gives, who may, and the handler. The OpenAPI document, the validation and
 * the rights are all read from here. A group of routes is a function that returns some of these.
 */
import type * as z from "zod";
import type { Actor, Answer, Control, ControlProblemCode } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import type { Role } from "../tokens/role.ts";
import type { RequestProblemCode } from "./problems.ts";

export const API = "/api/v1";

export interface ApiRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/api/v1`, parameters in braces as OpenAPI writes them. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly role: Role;
  /** Whether the desk may take longer than an answer usually may. */
  readonly isSlow?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** An example of a body. */
  readonly asked?: unknown;
  /** By status. */
  readonly answers: Answers;
  /** The codes that this route may answer with, beside those of every route. */
  readonly problems: readonly (ControlProblemCode | RequestProblemCode)[];
  /** Undefined for what is not asked of the desk: events, and the document itself. */
  readonly handle: ((asked: Asked<unknown, unknown, unknown>) => MaybePromise<Answer<Reply>>) | undefined;
}

export type Answers = Readonly<Record<number, AnswerShape>>;

export interface AnswerShape {
  readonly description: string;
  /** `application/json` unless given. */
  readonly type?: string;
  readonly schema: z.ZodType;
  readonly example?: unknown;
  /** Whether it may be megabytes, and is written in pieces. */
  readonly isLarge?: boolean;
}

export interface Asked<P, Q, B> {
  readonly control: Control;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Actor;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

type MaybePromise<T> = T | Promise<T>;

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

type BodyOf<A> = A extends AnswerShape ? Frozen<z.output<A["schema"]>> : never;

type ReplyOf<A extends Answers> = {
  [S in keyof A]: { readonly status: S; readonly body: BodyOf<A[S]> };
}[keyof A];

/** A route whose handler gets what its schemas read, and gives what they say. */
export function apiRoute<
  A extends Answers,
  P extends z.ZodObject = never,
  Q extends z.ZodObject = never,
  B extends z.ZodType = never,
>(
  route: Omit<ApiRoute, "params" | "query" | "body" | "answers" | "handle"> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly answers: A;
    readonly handle: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => MaybePromise<Answer<ReplyOf<A>>>;
  },
): ApiRoute {
  return route as unknown as ApiRoute;
}

/** The answer with status 200. */
export function ok200<T>(body: T) {
  return ok({ status: 200 as const, body });
}

/** What the desk answers, with status 200. */
export function as200<T>(answer: Answer<T>): Answer<{ readonly status: 200; readonly body: T }> {
  return answer.ok ? ok200(answer.value) : answer;
}
