//! The innermost part of multiplying: a few rows with a few others, as the machine at hand does it fastest. Sums of whole
//! numbers come out the same in whatever order they are added, so all ways give the same.

/// Rows of the one side.
pub(super) const HIGH: usize = 4;
/// Rows of the other side.
pub(super) const WIDE: usize = 32;

/// Two neighbouring numbers of each row of the one side, of 16 bits each, the first in the lower ones.
pub(super) type Pairs = [i32; HIGH];
/// Two neighbouring numbers of each row of the other side.
pub(super) type Weights = [[i8; 2]; WIDE];
/// The sums of products of each row with each.
pub(super) type Sums = [[i32; WIDE]; HIGH];

/// Sums the products of rows, which must not overflow.
pub(super) fn sums(rows: &[Pairs], weights: &[Weights]) -> Sums {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vnni") {
            #[expect(unsafe_code, reason = "SAFETY: the line above finds what the function needs")]
            return unsafe { x86::sums_in_512_bits(rows, weights) };
        }
        if is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "SAFETY: the line above finds what the function needs")]
            return unsafe { x86::sums_in_256_bits(rows, weights) };
        }
    }
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::sums(rows, weights);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain(rows, weights)
}

/// On any machine.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn plain(rows: &[Pairs], weights: &[Weights]) -> Sums {
    let mut sums = [[0_i32; WIDE]; HIGH];
    for (pairs, weights) in rows.iter().zip(weights) {
        for (sums, pair) in sums.iter_mut().zip(pairs) {
            let (first, second) = (i32::from(*pair as i16), pair >> 16);
            for (sum, own) in sums.iter_mut().zip(weights) {
                // A check for overflow would keep the loop from becoming vector instructions.
                *sum = sum.wrapping_add(first.wrapping_mul(i32::from(own[0]))).wrapping_add(second.wrapping_mul(i32::from(own[1])));
            }
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm512_cvtepi8_epi16, _mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    use bytemuck::must_cast;

    use super::{HIGH, Pairs, Sums, WIDE, Weights};

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn sums_in_512_bits(rows: &[Pairs], weights: &[Weights]) -> Sums {
        let mut all = [[_mm512_setzero_si512(); WIDE / 16]; HIGH];
        for (pairs, weights) in rows.iter().zip(weights) {
            let halves: [__m256i; 2] = must_cast(*weights);
            let weights = halves.map(|half| _mm512_cvtepi8_epi16(half));
            for (all, pair) in all.iter_mut().zip(pairs) {
                let pair = _mm512_set1_epi32(*pair);
                for (sums, weights) in all.iter_mut().zip(weights) {
                    *sums = _mm512_dpwssd_epi32(*sums, pair, weights);
                }
            }
        }
        all.map(must_cast)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn sums_in_256_bits(rows: &[Pairs], weights: &[Weights]) -> Sums {
        /// So many sums at a time as there are registers for.
        const PARTS: usize = 2;
        let mut sums: [[__m256i; WIDE / 8]; HIGH] = [[_mm256_setzero_si256(); WIDE / 8]; HIGH];
        for part in 0..PARTS {
            let mut all = [[_mm256_setzero_si256(); WIDE / 8 / PARTS]; HIGH];
            for (pairs, weights) in rows.iter().zip(weights) {
                let quarters: [[__m128i; 2]; PARTS] = must_cast(*weights);
                let weights = quarters[part].map(|quarter| _mm256_cvtepi8_epi16(quarter));
                for (all, pair) in all.iter_mut().zip(pairs) {
                    let pair = _mm256_set1_epi32(*pair);
                    for (sums, weights) in all.iter_mut().zip(weights) {
                        *sums = _mm256_add_epi32(*sums, _mm256_madd_epi16(pair, weights));
                    }
                }
            }
            for (sums, all) in sums.iter_mut().zip(all) {
                sums[part * all.len()..][..all.len()].copy_from_slice(&all);
            }
        }
        must_cast(sums)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use std::arch::wasm32::{i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_splat, v128};

    use bytemuck::must_cast;

    use super::{HIGH, Pairs, Sums, WIDE, Weights};

    pub(super) fn sums(rows: &[Pairs], weights: &[Weights]) -> Sums {
        /// So many sums at a time as there are registers for.
        const PARTS: usize = 4;
        let mut sums = [[i32x4_splat(0); WIDE / 4]; HIGH];
        for part in 0..PARTS {
            let mut all = [[i32x4_splat(0); WIDE / 4 / PARTS]; HIGH];
            for (pairs, weights) in rows.iter().zip(weights) {
                let quarters: [v128; PARTS] = must_cast(*weights);
                let weights = [i16x8_extend_low_i8x16(quarters[part]), i16x8_extend_high_i8x16(quarters[part])];
                for (all, pair) in all.iter_mut().zip(pairs) {
                    let pair = i32x4_splat(*pair);
                    for (sums, weights) in all.iter_mut().zip(weights) {
                        *sums = i32x4_add(*sums, i32x4_dot_i16x8(pair, weights));
                    }
                }
            }
            for (sums, all) in sums.iter_mut().zip(all) {
                sums[part * all.len()..][..all.len()].copy_from_slice(&all);
            }
        }
        must_cast(sums)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_ways_give_the_same(
            rows in prop::collection::vec(prop::array::uniform4(prop::array::uniform2(-2047_i16..=2047)), 0..200),
            weights in prop::collection::vec(prop::array::uniform32(any::<[i8; 2]>()), 200),
        ) {
            let rows: Vec<Pairs> =
                rows.iter().map(|pairs| pairs.map(|[first, second]| i32::from(first) & 0xFFFF | i32::from(second) << 16)).collect();
            let right = plain(&rows, &weights);
            prop_assert_eq!(sums(&rows, &weights), right);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                #[expect(unsafe_code, reason = "SAFETY: the line above finds what the function needs")]
                let narrow = unsafe { x86::sums_in_256_bits(&rows, &weights) };
                prop_assert_eq!(narrow, right);
            }
        }
    }
}
